package dev.tumbler.client.cache;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.tumbler.client.model.GetSecretValueResult;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.client.model.SecretDataType;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a handle makes of a secret's content. Forms with equal names and sources are equal, and share a handle.
 *
 * @param name what errors call it
 * @param source the type that it makes, or the function of a user that makes it
 * @param mapper how; throws {@link IllegalStateException} without the content in its message or causes
 */
record SecretForm<T>(String name, Object source, Function<GetSecretValueResult, T> mapper) {
    static final SecretForm<RdsCredentials> RDS =
            new SecretForm<>("rds", RdsCredentials.class, GetSecretValueResult::asRdsCredentials);

    static final SecretForm<String> TEXT = new SecretForm<>("text", String.class, SecretForm::text);

    static final SecretForm<GetSecretValueResult> WHOLE =
            new SecretForm<>("whole", GetSecretValueResult.class, Function.identity());

    private static final String MAPPED = "mapped";
    private static final Gson GSON = new GsonBuilder().create();

    static <T> SecretForm<T> json(Class<T> type) {
        return new SecretForm<>("json", type, result -> parse(result, type));
    }

    static <T> SecretForm<T> mapped(Function<? super GetSecretValueResult, ? extends T> mapper) {
        return new SecretForm<>(MAPPED, mapper, result -> map(result, mapper));
    }

    private static <T> T map(GetSecretValueResult result, Function<? super GetSecretValueResult, ? extends T> mapper) {
        T mapped;
        try {
            mapped = mapper.apply(result);
        } catch (RuntimeException e) {
            // Without the cause: its message is not ours and could hold the content.
            throw new IllegalStateException("The content of secret \"" + result.secretName()
                    + "\" is not what the application's function reads: "
                    + e.getClass().getName());
        }
        return Objects.requireNonNull(mapped, "what the application's function makes of a secret");
    }

    private static String text(GetSecretValueResult result) {
        if (!result.secretDataType().equals(SecretDataType.TEXT)) {
            throw new IllegalStateException("The content of secret \"" + result.secretName() + "\" is "
                    + result.secretDataType() + ", not text");
        }
        return result.secretData().asString();
    }

    private static <T> T parse(GetSecretValueResult result, Class<T> type) {
        T parsed;
        try {
            parsed = GSON.fromJson(text(result), type);
        } catch (RuntimeException e) {
            // Without the cause: a parser's message, or that of the type's own constructor, can quote what was read.
            parsed = null;
        }
        if (parsed == null) {
            throw new IllegalStateException(
                    "The content of secret \"" + result.secretName() + "\" is no JSON of a " + type.getSimpleName());
        }
        return parsed;
    }

    /** Returns whether it is made of the content alone, and of nothing that the service tells about the secret. */
    boolean isOfContentOnly() {
        return !this.equals(WHOLE) && !name.equals(MAPPED);
    }

    /** By name and source: the mappers of two equal forms do the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretForm<?> that && name.equals(that.name) && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + source.hashCode();
    }
}
