package dev.realtime.contracts.admin;

/**
 * A notification was accepted.
 *
 * @param id the event's id, under which {@link EventView#written()} can be read later
 * @param auditId the id of the audit entry
 * @param audience the receivers with a socket at the time of acceptance
 */
public record NotificationSent(String id, String auditId, AudiencePreview audience) {}
