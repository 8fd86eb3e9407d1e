package dev.realtime.contracts;

/**
 * Which page of a list an answer holds.
 *
 * @param number the page's number, from 0
 * @param size the most elements a page holds
 * @param matching number of elements on all pages
 */
public record Page(int number, int size, int matching) {}
