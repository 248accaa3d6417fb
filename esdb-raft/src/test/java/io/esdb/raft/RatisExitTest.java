package io.esdb.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.ratis.util.ExitUtils;
import org.junit.jupiter.api.Test;

/** In a JVM of its own each time: what Ratis sets when it is first used cannot be set back. */
class RatisExitTest {
    @Test
    void ratis_does_not_end_the_jvm_and_the_default_handler_stays() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isZero();
        assertThat(printed).contains("handler kept", "handler kept again", "alive");
    }

    /** Prints what it finds, and ends with 0 if Ratis lets it. */
    static final class Child {
        public static void main(String[] arguments) {
            Thread.UncaughtExceptionHandler mine = (thread, failure) -> {};
            Thread.setDefaultUncaughtExceptionHandler(mine);
            RatisExit.prevent();
            print(mine.equals(Thread.getDefaultUncaughtExceptionHandler()), "handler kept");
            RatisExit.prevent();
            print(mine.equals(Thread.getDefaultUncaughtExceptionHandler()), "handler kept again");
            try {
                ExitUtils.terminate(3, "asked to end", null);
            } catch (ExitUtils.ExitException e) {
                print(e.getStatus() == 3, "alive");
            }
        }

        private static void print(boolean holds, String what) {
            if (holds) {
                System.out.println(what);
            }
        }
    }
}
