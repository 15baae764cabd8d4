package dev.tumbler.emulator.conformance;

import com.aliyun.auth.credentials.Credential;
import com.aliyun.auth.credentials.provider.StaticCredentialProvider;
import com.aliyun.sdk.gateway.pop.exception.PopClientException;
import com.aliyun.sdk.gateway.pop.exception.PopServerException;
import com.aliyun.sdk.service.kms20160120.AsyncClient;
import darabonba.core.RequestModel;
import darabonba.core.TeaModel;
import darabonba.core.client.ClientOverrideConfiguration;
import darabonba.core.exception.ValidateException;
import dev.tumbler.emulator.ram.AccessKey;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code com.aliyun:alibabacloud-kms20160120}, which answers by futures. It has no generic call: what its builders lack
 * goes into the query of the typed request.
 */
final class AsyncSdk implements Sdk {
    private static final Pattern MESSAGE = Pattern.compile("code: (\\d+), (.*) request id: \\S+", Pattern.DOTALL);

    private final AsyncClient client;

    AsyncSdk(String protocol, String hostAndPort, String region, AccessKey key) {
        this.client = AsyncClient.builder()
                .region(region)
                .credentialsProvider(StaticCredentialProvider.create(Credential.builder()
                        .accessKeyId(key.id())
                        .accessKeySecret(key.secret())
                        .build()))
                .overrideConfiguration(ClientOverrideConfiguration.create()
                        .setEndpointOverride(hostAndPort)
                        .setProtocol(protocol))
                .build();
    }

    @Override
    public Map<String, Object> call(String action, Map<String, ?> parameters) {
        try {
            RequestModel request = request(action, parameters);
            CompletableFuture<?> future = (CompletableFuture<?>) AsyncClient.class
                    .getMethod(decapitalized(action), request.getClass())
                    .invoke(client, request);
            Object response = future.get(30, TimeUnit.SECONDS);
            return Sdk.fields(
                    ((TeaModel) response.getClass().getMethod("getBody").invoke(response)).toMap());
        } catch (ExecutionException e) {
            throw error(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(action + " failed in the SDK", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    static Optional<Class<?>> requestClass(String action) {
        try {
            return Optional.of(
                    Class.forName("com.aliyun.sdk.service.kms20160120.models." + action + "Request$Builder"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** {@code ExtendedConfig.CustomData} is set by way of {@code extendedConfig}. */
    static Optional<Method> setter(Class<?> builder, String wireName) {
        String name = decapitalized(wireName.split("\\.", 2)[0]);
        return Arrays.stream(builder.getMethods())
                .filter(method ->
                        method.getName().equals(name) && !method.isBridge() && method.getParameterCount() == 1)
                .findFirst();
    }

    private static RequestModel request(String action, Map<String, ?> parameters) throws ReflectiveOperationException {
        Class<?> builderType = requestClass(action).orElseThrow();
        Object builder = builderType.getEnclosingClass().getMethod("builder").invoke(null);
        Map<String, Object> untyped = new LinkedHashMap<>();
        for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
            Optional<Method> setter = setter(builderType, parameter.getKey());
            String[] path = parameter.getKey().split("\\.", 2);
            Object wanted = path.length == 1 ? parameter.getValue() : Map.of(path[1], parameter.getValue());
            Optional<Object> value = setter.isEmpty() ? Optional.empty() : coerce(setter.get(), wanted);
            if (value.isPresent()) {
                setter.get().invoke(builder, value.get());
            } else {
                untyped.put(parameter.getKey(), parameter.getValue());
            }
        }
        RequestModel request =
                (RequestModel) builder.getClass().getMethod("build").invoke(builder);
        request.getQueryParameters().putAll(Sdk.flat(untyped));
        return request;
    }

    private static Optional<Object> coerce(Method setter, Object value) throws ReflectiveOperationException {
        Class<?> type = setter.getParameterTypes()[0];
        Optional<Object> parsed = Sdk.parsed(type, String.valueOf(value));
        if (parsed.isPresent()) {
            return parsed;
        }
        if (type == List.class && value instanceof List<?> list) {
            Class<?> item =
                    (Class<?>) ((ParameterizedType) setter.getGenericParameterTypes()[0]).getActualTypeArguments()[0];
            List<Object> items = new ArrayList<>();
            for (Object element : list) {
                items.add(element instanceof Map<?, ?> map ? filled(item, map) : String.valueOf(element));
            }
            return Optional.of(items);
        }
        return value instanceof Map<?, ?> map && TeaModel.class.isAssignableFrom(type)
                ? Optional.of(filled(type, map))
                : Optional.empty();
    }

    private static Object filled(Class<?> type, Map<?, ?> values) throws ReflectiveOperationException {
        Object builder = type.getMethod("builder").invoke(null);
        for (Map.Entry<?, ?> value : values.entrySet()) {
            Method setter = setter(builder.getClass(), (String) value.getKey()).orElseThrow();
            setter.invoke(builder, coerce(setter, value.getValue()).orElseThrow());
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static String decapitalized(String name) {
        return name.startsWith("DKMS") ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static ServiceError error(Throwable cause) {
        if (cause instanceof PopClientException e) {
            return error(e.getErrCode(), e.getErrMessage(), e.getRequestId(), e.getAccessDeniedDetail(), e);
        }
        if (cause instanceof PopServerException e) {
            return error(e.getErrCode(), e.getErrMessage(), e.getRequestId(), null, e);
        }
        if (cause instanceof ValidateException) {
            throw new NotSayable("The SDK refuses by itself: " + cause.getMessage(), cause);
        }
        throw new IllegalStateException("The SDK failed", cause);
    }

    private static ServiceError error(
            String code, String text, String requestId, Map<String, Object> accessDeniedDetail, Throwable cause) {
        Matcher message = MESSAGE.matcher(text);
        if (!message.matches()) {
            throw new IllegalStateException("The SDK shows an error in another form", cause);
        }
        int status = Integer.parseInt(message.group(1));
        return new ServiceError(code, status, status, message.group(2), requestId, accessDeniedDetail, cause);
    }
}
