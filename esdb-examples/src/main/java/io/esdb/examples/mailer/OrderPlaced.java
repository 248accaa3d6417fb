package io.esdb.examples.mailer;

/** Somebody has ordered something, and wants to hear of it. */
record OrderPlaced(String address, String item) {}
