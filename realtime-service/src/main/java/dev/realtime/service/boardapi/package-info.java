/** The live board's lists over REST: calls and orders to those who may know of them, people to those who see who is there. */
@NullMarked
package dev.realtime.service.boardapi;

import org.jspecify.annotations.NullMarked;
