package dev.realtime.service.identity.keys;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints one sentence instead of a stack trace when the keys prevent the service from starting. */
final class KeysRefusedFailureAnalyzer extends AbstractFailureAnalyzer<KeysRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KeysRefusedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
