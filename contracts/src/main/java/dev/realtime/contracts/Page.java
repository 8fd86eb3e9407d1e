package dev.realtime.contracts;

/**
 * Which part of a list an answer has.
 *
 * @param number the page's number, from 0
 * @param size how many a page has at most
 * @param matching how many there are on all pages
 */
public record Page(int number, int size, int matching) {}
