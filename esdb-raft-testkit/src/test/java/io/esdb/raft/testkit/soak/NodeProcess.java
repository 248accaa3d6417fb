package io.esdb.raft.testkit.soak;

import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreUnavailable;
import io.esdb.raft.testkit.soak.Call.Answer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One life of a node, from the start of its process to its end, and its store as clients elsewhere see it. */
final class NodeProcess {
    private static final long CALL_SECONDS = 120;

    private final Process process;
    private final DataOutputStream out;
    private final Map<Long, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final CompletableFuture<Answer> open = new CompletableFuture<>();
    private final EventStore store = (EventStore)
            Proxy.newProxyInstance(EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, this::invoke);
    private volatile boolean ended;

    NodeProcess(ProcessBuilder command) throws IOException {
        process = command.start();
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        waiting.put(0L, open);
        Thread reader = new Thread(this::read, "answers-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** The store of this life; empty until it is open, and when the process has ended. */
    Optional<EventStore> store() {
        return open.isDone() && !ended ? Optional.of(store) : Optional.empty();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** With SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Closes everything in order; false if it did not end so. */
    boolean stop(long seconds) throws IOException, InterruptedException {
        send(new Call(calls.incrementAndGet(), Call.STOP, List.of()));
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @SuppressWarnings("ReferenceEquality") // each life of a node has a store of its own
    private @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "store of process " + process.pid();
            };
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        return call(method.getName(), arguments == null ? List.of() : List.of(arguments));
    }

    private @Nullable Object call(String method, List<@Nullable Object> arguments) {
        Call call = new Call(calls.incrementAndGet(), method, arguments);
        CompletableFuture<Answer> coming = new CompletableFuture<>();
        waiting.put(call.id(), coming);
        try {
            send(call);
            if (ended) {
                throw lost(method, null);
            }
            Answer answer = coming.get(CALL_SECONDS, TimeUnit.SECONDS);
            if (answer.failure() != null) {
                throw answer.failure().toException();
            }
            return answer.value();
        } catch (IOException | ExecutionException e) { // a part of the call may have gone out
            throw lost(method, e);
        } catch (TimeoutException e) { // a call that hangs breaks a promise
            throw new IllegalStateException(method + " did not end within " + CALL_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost(method, e);
        } finally {
            waiting.remove(call.id());
        }
    }

    private static RuntimeException lost(String method, @Nullable Throwable cause) {
        return method.equals("append")
                ? new IndeterminateAppend(SoakNode.STORE, "its node has ended", cause)
                : new StoreUnavailable(SoakNode.STORE, "its node has ended", cause);
    }

    private void send(Call call) throws IOException {
        synchronized (out) {
            Wire.write(out, call);
            out.flush();
        }
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                arrived((Answer) Wire.read(in));
            }
        } catch (IOException e) {
            ended = true;
            waiting.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private void arrived(Answer answer) {
        CompletableFuture<Answer> one = waiting.get(answer.id());
        if (one != null) {
            one.complete(answer);
        }
    }
}
