package dev.realtime.contracts.admin;

/**
 * A notification was accepted.
 *
 * @param id the event's id; to how many sockets it was written is asked for by it
 * @param auditId the id of its entry in the audit
 * @param audience who had a socket when it was accepted
 */
public record NotificationSent(String id, String auditId, AudiencePreview audience) {}
