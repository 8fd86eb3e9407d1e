package dev.realtime.benchmarks.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The measures, by their names in files. */
public enum Measure {
    @JsonProperty("cpu-per-delivery")
    CPU_PER_DELIVERY("CPU per delivery", "µs", 2, Wish.LESS),
    @JsonProperty("deliveries-per-second")
    DELIVERIES_PER_SECOND("deliveries/s", "", 0, Wish.MORE),
    @JsonProperty("p50")
    P50("POST → client p50", "ms", 2, Wish.LESS),
    @JsonProperty("p99")
    P99("POST → client p99", "ms", 2, Wish.LESS),
    @JsonProperty("slowest")
    SLOWEST("POST → client slowest", "ms", 1, Wish.UNCOMPARED),
    @JsonProperty("cpu-per-connection")
    CPU_PER_CONNECTION("CPU per connection", "µs", 0, Wish.LESS),
    @JsonProperty("connections-per-second")
    CONNECTIONS_PER_SECOND("connections/s", "", 0, Wish.MORE),
    @JsonProperty("cpu-per-post")
    CPU_PER_POST("CPU per POST", "µs", 0, Wish.LESS),
    @JsonProperty("posts-per-second")
    POSTS_PER_SECOND("POSTs/s", "", 0, Wish.MORE),
    @JsonProperty("answer-p99")
    ANSWER_P99("POST → answer p99", "ms", 2, Wish.LESS),
    @JsonProperty("kb-per-socket")
    KB_PER_SOCKET("memory per socket", "KB", 2, Wish.LESS),
    @JsonProperty("heap-kb-per-socket")
    HEAP_KB_PER_SOCKET("heap per socket", "KB", 2, Wish.LESS),
    @JsonProperty("rss")
    RSS("whole process, RSS", "MB", 0, Wish.LESS),
    @JsonProperty("core-percent")
    CORE_PERCENT("of a core", "%", 2, Wish.LESS),
    @JsonProperty("delivered")
    DELIVERED("delivered", "", 0, Wish.UNCOMPARED),
    @JsonProperty("lost")
    LOST("lost", "", 0, Wish.UNCOMPARED),
    @JsonProperty("doubled")
    DOUBLED("doubled", "", 0, Wish.UNCOMPARED),
    @JsonProperty("misordered")
    MISORDERED("out of order", "", 0, Wish.UNCOMPARED),
    @JsonProperty("refused")
    REFUSED("POSTs refused", "", 0, Wish.UNCOMPARED);

    /** Which of two values is better. */
    public enum Wish {
        LESS,
        MORE,
        /** Counts that must be zero, and the slowest value of a round: their ratios are meaningless. */
        UNCOMPARED
    }

    private final String title;
    private final String unit;
    private final int decimals;
    private final Wish wish;

    Measure(String title, String unit, int decimals, Wish wish) {
        this.title = title;
        this.unit = unit;
        this.decimals = decimals;
        this.wish = wish;
    }

    /** The desired direction from an older jar to the new one. */
    public Wish wish() {
        return wish;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /** Formats a value with its unit. */
    public String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f%s", value, unit.isEmpty() ? "" : " " + unit);
    }
}
