package dev.realtime.contracts.board;

/** The bounds of what the board keeps of an event. */
public final class BoardTexts {

    /** The longest text that is kept, in characters (UTF-16). Events about a longer id change nothing on the board. */
    public static final int LONGEST = 200;

    private BoardTexts() {}
}
