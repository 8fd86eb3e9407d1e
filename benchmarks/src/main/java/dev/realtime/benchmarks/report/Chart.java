package dev.realtime.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Bars for the used share of each target, with a line at the target. Readable on light and dark pages. */
final class Chart {

    private static final int WIDTH = 960;
    private static final int ROW = 26;
    private static final int TOP = 44;
    private static final int LABELS = 330;
    private static final int BARS = 360;
    /** Longer bars are cut off here. */
    private static final double MOST = 2.0;

    private Chart() {}

    /**
     * One bar.
     *
     * @param used the used share; 1 is the target, less is better
     */
    record Bar(String label, String value, double used) {}

    static String svg(List<Bar> bars) {
        int height = TOP + ROW * bars.size() + 16;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                .formatted(WIDTH, height));
        svg.append("""
                <title>What was used of what the targets allow; shorter is better</title>
                <style>
                  text { font: 13px system-ui, sans-serif; fill: #24292f; }
                  .met { fill: #2da44e; } .not { fill: #cf222e; } .target { stroke: #57606a; stroke-dasharray: 4 3; }
                  @media (prefers-color-scheme: dark) {
                    text { fill: #d0d7de; } .met { fill: #3fb950; } .not { fill: #f85149; } .target { stroke: #8b949e; }
                  }
                </style>
                """);
        int target = LABELS + (int) (BARS / MOST);
        svg.append("<text x=\"%d\" y=\"20\" text-anchor=\"middle\">target</text>\n".formatted(target));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = TOP + i * ROW;
            double length = Math.max(2, Math.min(MOST, bar.used) / MOST * BARS);
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LABELS - 10, y + 13, escaped(bar.label)));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\"/>%n",
                    bar.used <= 1 ? "met" : "not",
                    LABELS,
                    y,
                    length));
            svg.append("<text x=\"%.0f\" y=\"%d\">%s</text>\n"
                    .formatted(LABELS + Math.max(length, BARS / MOST) + 8, y + 13, escaped(bar.value)));
        }
        svg.append("<line class=\"target\" x1=\"%d\" y1=\"28\" x2=\"%d\" y2=\"%d\"/>\n"
                .formatted(target, target, height - 12));
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
