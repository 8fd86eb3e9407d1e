package dev.realtime.service.gateway.budget;

/** The owner of a budget. */
enum BudgetLevel {
    CONNECTION,
    CLIENT,
    INSTANCE
}
