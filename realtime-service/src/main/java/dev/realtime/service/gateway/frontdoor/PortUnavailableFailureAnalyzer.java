package dev.realtime.service.gateway.frontdoor;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the one sentence instead of a stack trace when the port cannot be opened. */
final class PortUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<PortUnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortUnavailableException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
