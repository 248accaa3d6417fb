/** Sends a mail for each order, on whichever node leads; mails that cannot be sent are parked and replayed. */
@NullMarked
package io.esdb.examples.mailer;

import org.jspecify.annotations.NullMarked;
