package dev.realtime.service.identity.keys;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the sentence instead of a stack trace when the keys do not let the service start. */
final class KeysRefusedFailureAnalyzer extends AbstractFailureAnalyzer<KeysRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KeysRefusedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
