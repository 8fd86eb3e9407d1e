package dev.realtime.service.gateway.frontdoor;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints one sentence instead of a stack trace if the port cannot be opened. */
final class PortRefusedFailureAnalyzer extends AbstractFailureAnalyzer<PortRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortRefusedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
