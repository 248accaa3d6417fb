package io.esdb.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A node in a child JVM. Its answers come in the order of the commands. */
final class NodeProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final BufferedWriter in;
    private final Deque<CompletableFuture<Answer>> waiting = new ArrayDeque<>();
    private final CompletableFuture<Answer> ready = new CompletableFuture<>();
    private boolean ended;

    private NodeProcess(Process process) {
        this.process = process;
        this.in = process.outputWriter(UTF_8);
        waiting.add(ready);
        Thread reader = new Thread(this::read, "answers-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs a command that starts a node. */
    static NodeProcess start(ProcessBuilder command) throws IOException {
        return new NodeProcess(command.start());
    }

    /** Ends when its store is open. */
    CompletableFuture<Answer> ready() {
        return ready;
    }

    /** Sends a command; a node that ends before it answers gives an answer that says so. */
    synchronized CompletableFuture<Answer> send(String line) {
        if (ended) {
            return CompletableFuture.completedFuture(Answer.failed("the node has ended"));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.add(answer);
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            waiting.removeLast();
            answer.complete(Answer.failed("the node cannot be reached: " + e.getMessage()));
        }
        return answer;
    }

    private void read() {
        try (BufferedReader out = process.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                answered(Answer.ofLine(line));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            answered(Answer.failed(e.toString()));
        } finally {
            end();
        }
    }

    private void answered(Answer answer) {
        CompletableFuture<Answer> next;
        synchronized (this) {
            next = waiting.poll();
        }
        if (next != null) {
            next.complete(answer);
        }
    }

    private void end() {
        Deque<CompletableFuture<Answer>> left;
        synchronized (this) {
            ended = true;
            left = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        left.forEach(answer -> answer.complete(Answer.failed("the node has ended")));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As a power cut of the process: nothing is written, nobody is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends a signal, where there is a command for it. */
    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    /** Lets the node close its store; kills it if that takes too long. */
    @Override
    public void close() {
        CompletableFuture<Answer> unused = send("stop");
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
