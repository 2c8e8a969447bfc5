package org.dacite.context;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dacite.history.Dacite;
import org.dacite.store.StageRows;

/** Which hash a commit of the context carries beside the store's own. A store has one for ever; the first commit settles it. */
public enum HashScheme {
    /** None. */
    NATIVE,
    /** The hash that Tezos gives the same commit. */
    TEZOS;

    /** {@code native} or {@code tezos}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scheme of that name. */
    public static HashScheme labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a hash scheme, one of "
                        + Arrays.stream(values()).map(HashScheme::label).collect(Collectors.joining(", ")) + ", got '"
                        + label + "'"));
    }

    /** The scheme of a store; none as long as it is open. */
    public static Optional<HashScheme> of(Dacite dacite) {
        return dacite.store().stages(HashScheme::of);
    }

    static Optional<HashScheme> of(StageRows rows) {
        return rows.hashScheme().map(HashScheme::labelled);
    }

    /** Settles the scheme of a store; refuses another than the one that is settled already. */
    public void settle(Dacite dacite) {
        if (this == TEZOS) {
            ContextView.requireText(dacite);
        }
        if (of(dacite).isEmpty()) {
            dacite.store().write(transaction -> {
                if (of(transaction.stages()).isEmpty()) {
                    transaction.stages().setHashScheme(label());
                }
                return null;
            });
        }
        HashScheme settled = of(dacite).orElseThrow();
        if (settled != this) {
            throw new IllegalArgumentException("expected the hash scheme " + settled.label()
                    + ", which this store's commits of the context carry, got " + label());
        }
    }
}
