package dev.tumbler.emulator.conformance;

import com.aliyun.kms20160120.Client;
import com.aliyun.tea.NameInMap;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaModel;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code com.aliyun:kms20160120}. */
final class SdkV2 implements Sdk {
    private final Client client;

    SdkV2(Config config) {
        try {
            this.client = new Client(config);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, Object> call(String action, Map<String, ?> parameters) {
        try {
            Optional<TeaModel> request = typedRequest(action, parameters);
            return Sdk.fields(request.isPresent() ? typed(action, request.get()) : generic(action, parameters));
        } catch (TeaException e) {
            throw error(e);
        } catch (Exception e) {
            throw new IllegalStateException(action + " failed in the SDK", e);
        }
    }

    private Map<String, ?> typed(String action, TeaModel request) throws Exception {
        String name = Character.toLowerCase(action.charAt(0)) + action.substring(1);
        try {
            Object response =
                    client.getClass().getMethod(name, request.getClass()).invoke(client, request);
            Method body = response.getClass().getMethod("getBody");
            return ((TeaModel) body.invoke(response)).toMap();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Map<?, ?> generic(String action, Map<String, ?> parameters) throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion("2016-01-20")
                .setProtocol("HTTPS")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        OpenApiRequest request = new OpenApiRequest().setQuery(Sdk.flat(parameters));
        return (Map<?, ?>) client.callApi(params, request, new RuntimeOptions()).get("body");
    }

    /** The SDK's request object, or empty if its model has no room for something. */
    private static Optional<TeaModel> typedRequest(String action, Map<String, ?> parameters) throws Exception {
        Optional<Class<?>> type = requestClass(action);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
            String[] path = parameter.getKey().split("\\.", 2);
            Optional<Object> value = field(type.get(), path[0])
                    .flatMap(field -> path.length == 1
                            ? coerce(field.getType(), parameter.getValue())
                            : field(field.getType(), path[1])
                                    .flatMap(inner -> coerce(inner.getType(), parameter.getValue()))
                                    .map(inner -> Map.of(path[1], inner)));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(path[0], value.get());
        }
        TeaModel request = (TeaModel) type.get().getConstructor().newInstance();
        return Optional.of(TeaModel.toModel(values, request));
    }

    static Optional<Class<?>> requestClass(String action) {
        try {
            return Optional.of(Class.forName("com.aliyun.kms20160120.models." + action + "Request"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    static Optional<Field> field(Class<?> model, String wireName) {
        return Arrays.stream(model.getFields())
                .filter(field -> field.isAnnotationPresent(NameInMap.class)
                        && field.getAnnotation(NameInMap.class).value().equals(wireName))
                .findFirst();
    }

    private static Optional<Object> coerce(Class<?> type, Object value) {
        return type.isInstance(value) ? Optional.of(value) : Sdk.parsed(type, String.valueOf(value));
    }

    private static ServiceError error(TeaException e) {
        Object status = e.getData().get("statusCode");
        return new ServiceError(
                e.getCode(),
                ((Number) status).intValue(),
                ((Number) status).intValue(),
                String.valueOf(e.getData().get("Message")),
                String.valueOf(e.getData().get("RequestId")),
                e.getAccessDeniedDetail(),
                e);
    }
}
