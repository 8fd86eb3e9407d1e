package dev.realtime.benchmarks.measure;

/**
 * What {@code /proc/<pid>/stat} says of a process' time on processors, of all its threads, living and ended (proc(5)).
 *
 * @param userTicks in its own code
 * @param systemTicks in the kernel on its behalf
 */
record ProcStat(long userTicks, long systemTicks) {

    /** A tick is this long on every Linux: USER_HZ is 100. */
    private static final long MICROS_OF_TICK = 10_000;

    /** Positions behind the name, which is in brackets and may contain anything, brackets and spaces too. */
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
