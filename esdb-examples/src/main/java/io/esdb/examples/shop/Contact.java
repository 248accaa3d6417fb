package io.esdb.examples.shop;

/**
 * How to reach a customer: it says who somebody is.
 *
 * @param name what they are called
 * @param address where they live
 */
record Contact(String name, String address) {}
