package io.esdb.benchmarks;

import java.util.Locale;

/** What a figure counts. */
enum Unit {
    /** More is better. */
    EVENTS_PER_SECOND("events/s"),
    /** More is better. */
    APPENDS_PER_SECOND("appends/s"),
    /** Less is better. */
    CPU_MICROS_PER_EVENT("us CPU/event"),
    /** Less is better. */
    MICROS("us"),
    /** Less is better. */
    MILLIS("ms"),
    /** Less is better. */
    MEGABYTES("MB"),
    /** Less is better. */
    KILOBYTES_PER_SUBSCRIPTION("KB/subscription"),
    /** Less is better. */
    CPU_MICROS_PER_APPEND("us CPU/append"),
    /** Less is better. */
    THREADS("threads");

    private final String label;

    Unit(String label) {
        this.label = label;
    }

    /** A figure with its unit, in as many digits as it deserves. */
    String format(double figure) {
        String number = figure >= 1_000_000
                ? String.format(Locale.ROOT, "%.2f M", figure / 1_000_000)
                : String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.2f", figure);
        return number + " " + label;
    }
}
