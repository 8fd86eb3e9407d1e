package dev.realtime.benchmarks.measure;

/**
 * The CPU time of a process in {@code /proc/<pid>/stat}, over all its threads, running and ended (see proc(5)).
 *
 * @param userTicks ticks in its own code
 * @param systemTicks ticks in the kernel on its behalf
 */
record ProcStat(long userTicks, long systemTicks) {

    /** A tick is this long on every Linux: USER_HZ is 100. */
    private static final long MICROS_OF_TICK = 10_000;

    /** Positions after the name, which is in brackets and may itself contain brackets and spaces. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    static ProcStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return new ProcStat(Long.parseLong(fields[USER]), Long.parseLong(fields[SYSTEM]));
    }

    long micros() {
        return (userTicks + systemTicks) * MICROS_OF_TICK;
    }
}
