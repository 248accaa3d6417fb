package io.esdb.erasure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A provider that counts, remembers the data keys it saw, and fails or changes what it returns when told to. */
final class TestedProvider implements KeyProvider {
    final AtomicInteger wraps = new AtomicInteger();
    final AtomicInteger unwraps = new AtomicInteger();
    final AtomicInteger destroys = new AtomicInteger();
    final List<byte[]> dataKeys = Collections.synchronizedList(new ArrayList<>());
    volatile @Nullable Exception failure;
    volatile byte @Nullable [] unwrapped;
    volatile byte @Nullable [] wrapped;
    volatile Runnable beforeDestroy = () -> {};
    volatile Runnable beforeWrap = () -> {};
    private final KeyProvider real;

    TestedProvider(KeyProvider real) {
        this.real = real;
    }

    private void fail() throws Exception {
        Exception now = failure;
        if (now != null) {
            throw now;
        }
    }

    @Override
    public byte[] wrap(String subject, byte[] dataKey) throws Exception {
        beforeWrap.run();
        fail();
        wraps.incrementAndGet();
        dataKeys.add(dataKey.clone());
        byte[] now = wrapped;
        return now == null ? real.wrap(subject, dataKey) : now;
    }

    @Override
    public byte[] unwrap(String subject, byte[] bytes) throws Exception {
        fail();
        unwraps.incrementAndGet();
        byte[] now = unwrapped;
        return now == null ? real.unwrap(subject, bytes) : now.clone();
    }

    @Override
    public void destroy(String subject) throws Exception {
        beforeDestroy.run();
        fail();
        destroys.incrementAndGet();
        real.destroy(subject);
    }
}
