package io.esdb.storage.rocks;

import io.esdb.spi.Branch;
import io.esdb.spi.WriteBatch;

/** The lowest and the highest position of a batch; without events, above and below all positions. */
final class Positions implements WriteBatch.Target {
    private long lowest = Long.MAX_VALUE;
    private long highest = -1;

    static Positions of(WriteBatch batch) {
        Positions positions = new Positions();
        batch.replay(positions);
        return positions;
    }

    long lowest() {
        return lowest;
    }

    long highest() {
        return highest;
    }

    @Override
    public void event(long position, byte[] record) {
        lowest = Math.min(lowest, position);
        highest = Math.max(highest, position);
    }

    @Override
    public void put(Branch branch, byte[] key, byte[] value) {}

    @Override
    public void delete(Branch branch, byte[] key) {}
}
