package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;
import dev.realtime.console.live.Series;
import dev.realtime.console.live.Series.Point;
import dev.realtime.console.live.Series.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A line chart of the last minutes or hours, newest values at the right. Drawn as SVG in its own coordinates, which the
 * page stretches; the browser reads the values below the pointer from the drawing. Redrawn no more often than one can
 * see. The label describes the chart for screen readers.
 */
@Tag("div")
public final class LineChart extends Component {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;
    private static final double HEADROOM = 1.15;
    /** The longest time between two values that a line connects, unless the values are means over longer times. */
    private static final Duration GAP = Duration.ofSeconds(15);

    /** How often a chart is drawn while its whole width passes. */
    private static final int DRAWINGS = 100;

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private static final String POINTER = BrowserScript.read("chart.js");

    private final DoubleFunction<String> format;
    private final Element top = new Element("span");
    private final List<Element> lines = new ArrayList<>();
    private final Element area = new Element("path");
    private final Element begin = new Element("span");
    private Instant drawn = Instant.EPOCH;
    private Span span = Span.FIVE_MINUTES;

    /**
     * @param names of the lines; the area below the first is filled
     * @param format formats a value
     * @param unit the unit of the values for the pointer; may be empty
     * @param until the text at the right end
     */
    public LineChart(List<String> names, DoubleFunction<String> format, String unit, String until) {
        this.format = format;
        getElement().getClassList().add("chart");
        Element svg = new Element("svg");
        svg.setAttribute("aria-hidden", "true");
        // Flow writes all attributes in lower case, but SVG needs viewBox.
        svg.addAttachListener(attached -> svg.executeJs(
                "this.setAttribute('viewBox', $0); this.setAttribute('preserveAspectRatio', 'none')",
                "0 0 " + WIDTH + " " + HEIGHT));
        for (int quarter = 0; quarter <= 4; quarter++) {
            Element line = new Element("line");
            int y = HEIGHT * quarter / 4;
            line.setAttribute("x1", "0")
                    .setAttribute("x2", String.valueOf(WIDTH))
                    .setAttribute("y1", String.valueOf(y))
                    .setAttribute("y2", String.valueOf(y))
                    .setAttribute("class", "chart-rule");
            svg.appendChild(line);
        }
        area.setAttribute("class", "chart-area");
        svg.appendChild(area);
        for (int i = 0; i < names.size(); i++) {
            Element line = new Element("path").setAttribute("class", "chart-line chart-line-" + i);
            lines.add(line);
            svg.appendChild(line);
        }
        top.getClassList().add("chart-top");
        Element axis = new Element("div");
        axis.getClassList().add("chart-axis");
        axis.appendChild(begin, new Element("span").setText(until));
        Element tip = new Element("div").setAttribute("class", "chart-tip").setAttribute("hidden", true);
        getElement().setAttribute("role", "img").appendChild(top, svg, tip, axis);
        addAttachListener(attached -> getElement().executeJs(POINTER, String.join("\n", names), unit, WIDTH, HEIGHT));
    }

    /**
     * Shows the values up to now.
     *
     * @param from the text at the left end
     * @param label describes the chart in words
     */
    public void show(Instant now, Span wanted, String from, String label, Series... series) {
        Duration pause = wanted.length().dividedBy(DRAWINGS);
        boolean soon = now.isBefore(drawn.plus(pause.compareTo(AT_MOST) > 0 ? AT_MOST : pause));
        if (wanted == span && soon) {
            return;
        }
        drawn = now;
        span = wanted;
        begin.setText(from);
        double highest = 0;
        List<List<Point>> values = new ArrayList<>();
        for (Series each : series) {
            List<Point> points = each.points(span, now);
            values.add(points);
            highest = Math.max(
                    highest, points.stream().mapToDouble(Point::value).max().orElse(0));
        }
        double scale = Math.max(1, highest * HEADROOM);
        top.setText(format.apply(scale));
        getElement()
                .setAttribute("data-scale", Double.toString(scale))
                .setAttribute("data-seconds", Long.toString(span.length().toSeconds()))
                .setAttribute("data-now", Long.toString(now.toEpochMilli()));
        for (int i = 0; i < lines.size(); i++) {
            set(lines.get(i), path(values.get(i), now, scale, false));
        }
        set(area, path(values.getFirst(), now, scale, true));
        getElement().setAttribute("aria-label", label);
    }

    private static void set(Element path, String drawing) {
        if (!drawing.equals(path.getAttribute("d"))) {
            path.setAttribute("d", drawing);
        }
    }

    private String path(List<Point> points, Instant now, double scale, boolean closed) {
        StringBuilder path = new StringBuilder();
        Point before = null;
        double start = 0;
        double x = 0;
        for (Point point : points) {
            double age = Duration.between(point.at(), now).toMillis()
                    / (double) span.length().toMillis();
            if (age > 1) {
                continue;
            }
            boolean hole =
                    before == null || Duration.between(before.at(), point.at()).compareTo(gap()) > 0;
            if (hole && closed && before != null) {
                close(path, start, x);
            }
            x = WIDTH * (1 - age);
            if (hole) {
                start = x;
            }
            double y = HEIGHT * (1 - point.value() / scale);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", hole ? "M" : "L", x, y));
            before = point;
        }
        if (closed && before != null) {
            close(path, start, x);
        }
        return path.toString();
    }

    private Duration gap() {
        Duration steps = span.step().multipliedBy(2);
        return steps.compareTo(GAP) > 0 ? steps : GAP;
    }

    private static void close(StringBuilder path, double start, double end) {
        path.append(String.format(Locale.ROOT, "L%.1f %d L%.1f %d Z", end, HEIGHT, start, HEIGHT));
    }
}
