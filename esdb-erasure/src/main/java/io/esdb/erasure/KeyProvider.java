package io.esdb.erasure;

/**
 * Keeps one key per subject outside the store, and wraps with it the key that the subject's payloads are encrypted with.
 * Usually a key management service. The store keeps only what {@link #wrap} returns, so whoever has all files of the store
 * and none of the provider can open nothing; and when {@link #destroy} has destroyed the subject's key, nobody can, whatever
 * copies of the store there are.
 *
 * <p>All nodes of a store need the same provider: what one has wrapped, all must be able to unwrap. Stores that share a
 * provider share its subjects: to destroy a subject's key takes the payloads of the subject in all of them.
 *
 * <p>Methods are called by the threads that call {@link Erasure}, many at once, and must come to an end by themselves: give
 * calls over a network a deadline. What they throw, other than {@link KeyDestroyed}, becomes {@link KeyProviderFailed},
 * which is taken as a failure that may pass.
 */
public interface KeyProvider {
    /** The most bytes that {@link #wrap} may return. */
    int MOST_WRAPPED_BYTES = 8 << 10;

    /**
     * Encrypts a data key with the newest key of the subject, and makes that key if there is none. It has to be safe, where
     * the provider keeps it, before this returns. Bind the subject, so that what was wrapped for one is not unwrapped for
     * another.
     *
     * @param subject the subject, 1 to {@value Erasure#MOST_SUBJECT_BYTES} bytes in UTF-8
     * @param dataKey 32 bytes, overwritten after the call: keep no reference to it
     * @return 1 to {@value #MOST_WRAPPED_BYTES} bytes
     * @throws KeyDestroyed if the subject's key was destroyed: it is not made anew, ever
     * @throws Exception for every other failure
     */
    byte[] wrap(String subject, byte[] dataKey) throws Exception;

    /**
     * Decrypts what {@link #wrap} returned for this subject.
     *
     * @param subject the subject
     * @param wrapped what {@code wrap} returned; not to be changed
     * @return the data key in an array that is not used again: the caller overwrites it
     * @throws KeyDestroyed if the subject's key is known to have been destroyed. One that is merely not found is a failure: it
     *     may have been lost
     * @throws Exception for every other failure
     */
    byte[] unwrap(String subject, byte[] wrapped) throws Exception;

    /**
     * Destroys all keys of the subject, for good, with every copy of them, and remembers that it did. A subject whose key was
     * destroyed before, or that never had one, is fine.
     *
     * @param subject the subject
     * @throws Exception if it is not certain that they are destroyed
     */
    void destroy(String subject) throws Exception;
}
