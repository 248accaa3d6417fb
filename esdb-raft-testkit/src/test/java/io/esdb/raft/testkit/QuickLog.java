package io.esdb.raft.testkit;

import io.esdb.LeadershipListener;
import io.esdb.Registration;
import io.esdb.StoreStatus;
import io.esdb.spi.CommandLog;
import io.esdb.spi.CommandLogProvider;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A log of Ratis that does not take up to a second to close. The thread that writes Ratis' log looks only once a second
 * whether it is to end; an interrupt makes it look at once.
 */
final class QuickLog implements CommandLog {
    private final CommandLog log;
    private final Runnable beforeClose;
    private final String writer;

    /** @param folder the store's folder, where the group is noted */
    QuickLog(CommandLog log, String member, Path folder, Runnable beforeClose) {
        this.log = log;
        this.beforeClose = beforeClose;
        String group = group(folder);
        this.writer = member + "@group-" + group.substring(group.length() - 12).toUpperCase(Locale.ROOT)
                + "-SegmentedRaftLogWorker";
    }

    private static String group(Path folder) {
        Properties record = new Properties();
        try (Reader file = Files.newBufferedReader(folder.resolve(CommandLogProvider.MEMBER_FILE))) {
            record.load(file);
            return record.getProperty("group");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<byte[]> submit(byte[] command) {
        return log.submit(command);
    }

    @Override
    public CompletionStage<byte[]> ask(byte[] question) {
        return log.ask(question);
    }

    @Override
    public CompletionStage<Void> barrier() {
        return log.barrier();
    }

    @Override
    public Registration leadership(LeadershipListener listener) {
        return log.leadership(listener);
    }

    @Override
    public StoreStatus status() {
        return log.status();
    }

    @Override
    public void close() {
        beforeClose.run();
        Thread closing = new Thread(log::close, "close-" + writer);
        closing.start();
        while (closing.isAlive()) {
            if (waitsForWriter(closing)) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(writer))
                        .forEach(Thread::interrupt);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean waitsForWriter(Thread closing) {
        return Arrays.stream(closing.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".SegmentedRaftLogWorker")
                        && frame.getMethodName().equals("close"));
    }
}
