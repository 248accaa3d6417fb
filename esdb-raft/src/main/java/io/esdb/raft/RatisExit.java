package io.esdb.raft;

import java.lang.Thread.UncaughtExceptionHandler;
import org.apache.ratis.util.ExitUtils;

/** Keeps Ratis from ending the JVM that it runs in. */
final class RatisExit {
    private RatisExit() {}

    /** Done as often as one likes. The default handler of uncaught exceptions, which Ratis replaces on the way, stays. */
    static synchronized void prevent() {
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
