package io.esdb.testkit.history;

import java.util.Random;

/** Draws the requests of one client: a mix of appends and reads, and retries when they are due. One thread at a time. */
final class RequestMaker {
    private final Random random;
    private final Beliefs beliefs = new Beliefs();
    private final AppendMaker appends;
    private final ReadMaker reads;
    private final Retries retries;

    RequestMaker(int client, int contended, Random random) {
        this.random = random;
        StreamPicker streams = new StreamPicker(client, contended, random);
        appends = new AppendMaker(streams, beliefs, random);
        reads = new ReadMaker(streams, beliefs, random);
        retries = new Retries(random);
    }

    Request next() {
        Request due = retries.next();
        return due == null ? fresh(random.nextInt(100)) : due;
    }

    private Request fresh(int percent) {
        if (percent < 32) {
            return new Request.Append(appends.toContended(), false);
        }
        if (percent < 44) {
            return new Request.Append(appends.toPrivate(), false);
        }
        if (percent < 56) {
            return new Request.Append(appends.toSeveral(), false);
        }
        if (percent < 70) {
            return new Request.Append(appends.conditional(), false);
        }
        return percent < 85 ? new Request.ReadStream(reads.stream()) : new Request.ReadLog(reads.log());
    }

    /** Keeps what the answer says for the requests to come. */
    void learn(Request request, Outcome outcome) {
        beliefs.learn(request, outcome);
        if (request instanceof Request.Append append) {
            retries.learn(append, outcome);
        }
    }
}
