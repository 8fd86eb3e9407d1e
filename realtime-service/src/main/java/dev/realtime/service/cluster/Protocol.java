package dev.realtime.service.cluster;

/**
 * The version of everything that instances say to each other: the register's entries, commands, forwarded requests,
 * presence.
 */
public final class Protocol {

    /**
     * This instance's version. It changes when an instance of the previous version would misread what this one says. An
     * instance ignores everything with another version, and reports it to {@link ForeignProtocols}.
     */
    public static final int VERSION = 1;

    private Protocol() {}
}
