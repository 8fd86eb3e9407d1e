package dev.realtime.benchmarks.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What is measured, by the name it has in files. */
public enum Measure {
    @JsonProperty("cpu-per-delivery")
    CPU_PER_DELIVERY("CPU per delivery", "µs", 2),
    @JsonProperty("deliveries-per-second")
    DELIVERIES_PER_SECOND("deliveries/s", "", 0),
    @JsonProperty("p50")
    P50("POST → client p50", "ms", 2),
    @JsonProperty("p99")
    P99("POST → client p99", "ms", 2),
    @JsonProperty("slowest")
    SLOWEST("POST → client slowest", "ms", 1),
    @JsonProperty("cpu-per-connection")
    CPU_PER_CONNECTION("CPU per connection", "µs", 0),
    @JsonProperty("connections-per-second")
    CONNECTIONS_PER_SECOND("connections/s", "", 0),
    @JsonProperty("cpu-per-post")
    CPU_PER_POST("CPU per POST", "µs", 0),
    @JsonProperty("posts-per-second")
    POSTS_PER_SECOND("POSTs/s", "", 0),
    @JsonProperty("answer-p99")
    ANSWER_P99("POST → answer p99", "ms", 2),
    @JsonProperty("kb-per-socket")
    KB_PER_SOCKET("memory per socket", "KB", 2),
    @JsonProperty("heap-kb-per-socket")
    HEAP_KB_PER_SOCKET("heap per socket", "KB", 2),
    @JsonProperty("rss")
    RSS("whole process, RSS", "MB", 0),
    @JsonProperty("core-percent")
    CORE_PERCENT("of a core", "%", 2),
    @JsonProperty("delivered")
    DELIVERED("delivered", "", 0),
    @JsonProperty("lost")
    LOST("lost", "", 0),
    @JsonProperty("doubled")
    DOUBLED("doubled", "", 0),
    @JsonProperty("misordered")
    MISORDERED("out of order", "", 0),
    @JsonProperty("refused")
    REFUSED("POSTs refused", "", 0);

    private final String title;
    private final String unit;
    private final int decimals;

    Measure(String title, String unit, int decimals) {
        this.title = title;
        this.unit = unit;
        this.decimals = decimals;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /** A value of it, with its unit. */
    public String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f%s", value, unit.isEmpty() ? "" : " " + unit);
    }
}
