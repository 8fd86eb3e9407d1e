package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;
import dev.realtime.console.live.Series;
import dev.realtime.console.live.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A line chart of the last five minutes, newest values at the right. Drawn as SVG in its own coordinates, which the
 * page stretches. The label describes the chart for screen readers.
 */
@Tag("div")
public final class LineChart extends Component {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;
    private static final double HEADROOM = 1.15;
    /** The longest time between two values that a line connects. */
    private static final Duration GAP = Duration.ofSeconds(15);

    private final DoubleFunction<String> format;
    private final Element top = new Element("span");
    private final List<Element> lines = new ArrayList<>();
    private final Element area = new Element("path");

    /**
     * @param series number of lines; the area below the first is filled
     * @param format formats a value
     * @param from the text at the left end
     * @param until the text at the right end
     */
    public LineChart(int series, DoubleFunction<String> format, String from, String until) {
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
        for (int i = 0; i < series; i++) {
            Element line = new Element("path").setAttribute("class", "chart-line chart-line-" + i);
            lines.add(line);
            svg.appendChild(line);
        }
        top.getClassList().add("chart-top");
        Element axis = new Element("div");
        axis.getClassList().add("chart-axis");
        axis.appendChild(new Element("span").setText(from), new Element("span").setText(until));
        getElement().setAttribute("role", "img").appendChild(top, svg, axis);
    }

    /**
     * Shows the values up to now.
     *
     * @param label describes the chart in words
     */
    public void show(Instant now, String label, Series... series) {
        double highest = 0;
        List<List<Point>> values = new ArrayList<>();
        for (Series each : series) {
            List<Point> points = each.points();
            values.add(points);
            highest = Math.max(
                    highest, points.stream().mapToDouble(Point::value).max().orElse(0));
        }
        double scale = Math.max(1, highest * HEADROOM);
        top.setText(format.apply(scale));
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

    private static String path(List<Point> points, Instant now, double scale, boolean closed) {
        StringBuilder path = new StringBuilder();
        Point before = null;
        double start = 0;
        double x = 0;
        for (Point point : points) {
            double age = Duration.between(point.at(), now).toMillis() / (double) Series.SPAN.toMillis();
            if (age > 1) {
                continue;
            }
            boolean hole =
                    before == null || Duration.between(before.at(), point.at()).compareTo(GAP) > 0;
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

    private static void close(StringBuilder path, double start, double end) {
        path.append(String.format(Locale.ROOT, "L%.1f %d L%.1f %d Z", end, HEIGHT, start, HEIGHT));
    }
}
