package io.esdb.raft.testkit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a child tells a {@link ChildJvm} something: whole lines on its standard output, which nothing else may use. */
final class Reports {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private Reports() {}

    /** Takes over the standard output; what others print goes to the standard error from now on. */
    static Reports take() {
        System.setOut(System.err);
        return new Reports();
    }

    /** The line has left this process when this returns. A parent that is gone ends the process. */
    synchronized void tell(String line) {
        try {
            out.write((line + ".\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException parentIsGone) {
            Runtime.getRuntime().halt(2);
        }
    }
}
