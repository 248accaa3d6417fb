package io.esdb.raft.testkit.soak;

import io.esdb.EventStore;
import io.esdb.IndeterminateAppend;
import io.esdb.StoreOptions;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import io.esdb.raft.Member;
import io.esdb.raft.RaftNode;
import io.esdb.raft.RaftOptions;
import io.esdb.raft.testkit.soak.Call.Answer;
import io.esdb.storage.rocks.RocksStorageProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A node in a JVM of its own: makes the calls that come in on its store, and ends with its input. */
final class SoakNode {
    static final String STORE = "soak";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final EventStore store;
    private final FileOutputStream out;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    private SoakNode(EventStore store, FileOutputStream out) {
        this.store = store;
        this.out = out;
    }

    /** @param arguments name, root folder, election timeout in milliseconds, and all members as NAME=HOST:PORT */
    public static void main(String[] arguments) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        List<Member> members = Stream.of(arguments)
                .skip(3)
                .map(text -> text.split("=", -1))
                .map(parts -> Member.of(parts[0], parts[1]))
                .toList();
        Member self = members.stream()
                .filter(member -> member.name().equals(arguments[0]))
                .findFirst()
                .orElseThrow();
        Path root = Path.of(arguments[1]);
        RaftOptions options = RaftOptions.of("soak", self, members)
                .withTimeouts(Duration.ofMillis(Long.parseLong(arguments[2])), Duration.ofMinutes(2))
                .withLog(1 << 20, 2_000, 500) // small, so that copies of the store are made and fetched
                .withoutSecurity(); // the network is the soak's own
        try (RaftNode node = RaftNode.start(root, options);
                EventStores stores = EventStores.at(root)
                        .storage(new RocksStorageProvider())
                        .log(node)
                        .open()) {
            new SoakNode(opened(stores), out).serve();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    /** As often as it takes: on a busy machine three nodes may take a while to agree on a leader. */
    private static EventStore opened(EventStores stores) {
        while (true) {
            try {
                return stores.open(STORE, StoreOptions.defaults().withTimeout(TIMEOUT));
            } catch (StoreUnavailable | IndeterminateAppend e) {
                System.err.println("opens the store again after " + e);
            }
        }
    }

    private void serve() throws IOException {
        answer(new Answer(0, "open", null));
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        while (true) {
            Call call;
            try {
                call = (Call) Wire.read(in);
            } catch (EOFException soakIsGone) {
                Runtime.getRuntime().halt(2);
                return;
            }
            if (call.method().equals(Call.STOP)) {
                return;
            }
            callers.execute(() -> make(call));
        }
    }

    private void make(Call call) {
        Answer answer;
        try {
            answer = new Answer(
                    call.id(), method(call).invoke(store, call.arguments().toArray()), null);
        } catch (InvocationTargetException e) {
            answer = new Answer(call.id(), null, Failure.of(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            answer = new Answer(call.id(), null, Failure.of(e));
        }
        try {
            answer(answer);
        } catch (IOException soakIsGone) {
            Runtime.getRuntime().halt(2);
        }
    }

    private static Method method(Call call) {
        return Arrays.stream(EventStore.class.getMethods())
                .filter(method -> method.getName().equals(call.method()) && takes(method, call.arguments()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such call: " + call));
    }

    private static boolean takes(Method method, List<?> arguments) {
        Class<?>[] types = method.getParameterTypes();
        boolean fits = types.length == arguments.size();
        for (int i = 0; fits && i < types.length; i++) {
            fits = types[i].isInstance(arguments.get(i));
        }
        return fits;
    }

    /** In one piece, as many threads answer. */
    private void answer(Answer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Wire.write(new DataOutputStream(bytes), answer);
        synchronized (out) {
            bytes.writeTo(out);
        }
    }
}
