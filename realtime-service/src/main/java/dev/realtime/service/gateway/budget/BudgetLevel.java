package dev.realtime.service.gateway.budget;

/** Whose budget it is. */
enum BudgetLevel {
    CONNECTION,
    CLIENT,
    INSTANCE
}
