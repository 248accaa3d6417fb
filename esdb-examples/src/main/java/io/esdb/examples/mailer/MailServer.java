package io.esdb.examples.mailer;

import java.io.IOException;

/** Takes mails, or says why not. */
@FunctionalInterface
interface MailServer {
    /**
     * Sends a mail.
     *
     * @param key the same for the same mail; a server that has seen it does not send it again
     */
    void send(String key, String address, String text) throws IOException;
}
