package io.esdb.erasure;

import io.esdb.erasure.KeyProviderFailed.Operation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one place that calls the user's key provider: checks what it gives and names what it throws. */
final class ProviderEdge {
    private final KeyProvider provider;

    private interface Call<T> {
        @Nullable
        T run() throws Exception;
    }

    ProviderEdge(KeyProvider provider) {
        this.provider = provider;
    }

    /**
     * Wraps a key and unwraps it again: payloads sealed with a key that cannot be unwrapped would be lost.
     *
     * @throws KeyDestroyed if the subject's key was destroyed
     */
    KeyRecord.Wrapped wrap(String subject, DataKey key) {
        byte[] argument = key.encoded();
        byte[] wrapped;
        try {
            wrapped = call(subject, Operation.WRAP, () -> provider.wrap(subject, argument));
        } finally {
            Arrays.fill(argument, (byte) 0);
        }
        if (wrapped.length == 0 || wrapped.length > KeyProvider.MOST_WRAPPED_BYTES) {
            String problem = "it returned " + wrapped.length + " bytes";
            throw new KeyProviderFailed(subject, Operation.WRAP, problem, null);
        }
        KeyRecord.Wrapped record = new KeyRecord.Wrapped(key.fingerprint(), wrapped.clone());
        unwrap(subject, record).close();
        return record;
    }

    /** @throws KeyDestroyed if the subject's key was destroyed */
    DataKey unwrap(String subject, KeyRecord.Wrapped record) {
        DataKey key = new DataKey(call(
                subject,
                Operation.UNWRAP,
                () -> provider.unwrap(subject, record.key().clone())));
        if (key.isWhole() && Arrays.equals(key.fingerprint(), record.fingerprint())) {
            return key;
        }
        key.close();
        throw new KeyProviderFailed(subject, Operation.UNWRAP, "it returned another key than was wrapped", null);
    }

    void destroy(String subject) {
        try {
            boolean unused = call(subject, Operation.DESTROY, () -> {
                provider.destroy(subject);
                return true;
            });
        } catch (KeyDestroyed done) {
            return; // which is what was asked for
        }
    }

    private static <T> T call(String subject, Operation operation, Call<T> call) {
        T result;
        try {
            result = call.run();
        } catch (KeyDestroyed e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new KeyProviderFailed(
                    subject, operation, "it threw " + e.getClass().getName(), e);
        }
        if (result == null) {
            throw new KeyProviderFailed(subject, operation, "it returned null", null);
        }
        return result;
    }
}
