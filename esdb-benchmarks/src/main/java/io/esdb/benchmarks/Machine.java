package io.esdb.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Where figures come from. */
final class Machine {
    private Machine() {}

    /** Processors, Java, and how busy the machine is with something else: a busy one spoils the figures. */
    static String describe() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int processors = Runtime.getRuntime().availableProcessors();
        String busy = load > processors * 0.5 ? ": busy with something else, do not rely on these figures" : "";
        return String.format(
                Locale.ROOT,
                "%d processors, Java %s, load average before the run %.1f%s",
                processors,
                System.getProperty("java.version"),
                load,
                busy);
    }
}
