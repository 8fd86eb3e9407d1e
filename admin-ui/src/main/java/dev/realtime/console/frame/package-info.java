/** The frame around every view: navigation, the state of the service, language, colours, log out. */
@NullMarked
package dev.realtime.console.frame;

import org.jspecify.annotations.NullMarked;
