package dev.realtime.console.parts;

import com.vaadin.flow.component.textfield.TextFieldBase;

/**
 * Keeps the text of a field in the browser's tab as it changes, so that it outlives an outage or a restart of the
 * console.
 */
public final class Draft {

    private static final String KEEP = """
            const key = 'console-draft-' + $0;
            const stored = value => {
              try {
                if (value === undefined) { return sessionStorage.getItem(key); }
                if (value === '') { sessionStorage.removeItem(key); } else { sessionStorage.setItem(key, value); }
              } catch {
                // Storage may be forbidden; then nothing is kept.
              }
              return null;
            };
            const kept = this.value ? '' : stored() ?? '';
            this.addEventListener('value-changed', () => stored(this.value ?? ''));
            this.forgetDraft = () => stored('');
            return kept;""";

    private Draft() {}

    /** Keeps a field's text under a name, and shows what was kept. */
    public static void keep(TextFieldBase<?, String> field, String name) {
        field.addAttachListener(attached -> field.getElement()
                .executeJs(KEEP, name)
                .then(String.class, kept -> {
                    if (field.isEmpty() && !kept.isEmpty()) {
                        field.setValue(kept);
                    }
                }));
    }

    /** Forgets what was kept of a field. */
    public static void forget(TextFieldBase<?, String> field) {
        field.getElement().executeJs("this.forgetDraft?.()");
    }
}
