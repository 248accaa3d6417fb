/** Where stores come from: opens, holds, lists and drops named stores under one folder. */
@NullMarked
package io.esdb.host;

import org.jspecify.annotations.NullMarked;
