/** Tests of selectors and transient subscriptions. */
@NullMarked
package io.esdb.subscriptions;

import org.jspecify.annotations.NullMarked;
