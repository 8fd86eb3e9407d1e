/** The realtime service: one package per concern. */
@NullMarked
package dev.realtime.service;

import org.jspecify.annotations.NullMarked;
