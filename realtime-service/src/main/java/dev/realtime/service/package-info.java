/** The realtime service: an application made of one package per concern. */
@NullMarked
package dev.realtime.service;

import org.jspecify.annotations.NullMarked;
