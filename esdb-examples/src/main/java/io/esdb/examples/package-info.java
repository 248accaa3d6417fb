/** The example of the README, and what the other examples share. */
@NullMarked
package io.esdb.examples;

import org.jspecify.annotations.NullMarked;
