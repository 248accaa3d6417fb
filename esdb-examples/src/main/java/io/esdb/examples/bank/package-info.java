/**
 * A bank: one stream for each account, a rule for each command, and a transfer as one append to two streams. Start
 * with {@link io.esdb.examples.bank.BankExample}.
 */
@NullMarked
package io.esdb.examples.bank;

import org.jspecify.annotations.NullMarked;
