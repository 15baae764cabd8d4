package dev.tumbler.emulator.conformance;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code com.aliyun:aliyun-java-sdk-kms}, which asks for answers in one format. */
final class ClassicSdk implements Sdk {
    private final DefaultAcsClient client;
    private final String hostAndPort;
    private final ProtocolType protocol;
    private final FormatType format;

    ClassicSdk(DefaultProfile profile, String hostAndPort, ProtocolType protocol, FormatType format) {
        this.client = new DefaultAcsClient(profile);
        this.hostAndPort = hostAndPort;
        this.protocol = protocol;
        this.format = format;
    }

    @Override
    public Map<String, Object> call(String action, Map<String, ?> parameters) {
        try {
            Optional<RpcAcsRequest<?>> request = typedRequest(action, parameters);
            return Sdk.fields(request.isPresent() ? typed(request.get()) : generic(action, parameters));
        } catch (ServerException e) {
            throw error(e, 500, 599);
        } catch (ClientException e) {
            throw error(e, 400, 499);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(action + " failed in the SDK", e);
        }
    }

    private Map<String, Object> typed(RpcAcsRequest<?> request) throws ClientException, ReflectiveOperationException {
        request.setSysEndpoint(hostAndPort);
        request.setSysProtocol(protocol);
        request.setAcceptFormat(format);
        AcsResponse response = client.getAcsResponse(request);
        return bean(response);
    }

    /** Always JSON: of XML the SDK would give the text only. */
    private Map<?, ?> generic(String action, Map<String, ?> parameters) throws ClientException {
        CommonRequest request = new CommonRequest();
        request.setSysDomain(hostAndPort);
        request.setSysProtocol(protocol);
        request.setSysMethod(MethodType.POST);
        request.setSysVersion("2016-01-20");
        request.setSysAction(action);
        Sdk.flat(parameters).forEach(request::putQueryParameter);
        return new Gson().fromJson(client.getCommonResponse(request).getData(), Map.class);
    }

    /** The SDK's request object, or empty if its model has no room for something. */
    private static Optional<RpcAcsRequest<?>> typedRequest(String action, Map<String, ?> parameters)
            throws ReflectiveOperationException {
        Optional<Class<?>> type = requestClass(action);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        RpcAcsRequest<?> request =
                (RpcAcsRequest<?>) type.get().getConstructor().newInstance();
        for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
            Optional<Method> setter = setter(type.get(), parameter.getKey());
            if (setter.isEmpty() || !set(request, setter.get(), parameter.getValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(request);
    }

    static Optional<Class<?>> requestClass(String action) {
        try {
            return Optional.of(Class.forName("com.aliyuncs.kms.model.v20160120." + action + "Request"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** {@code ResourceId} is set by {@code setResourceIds}; {@code ExtendedConfig.CustomData} without the dot. */
    static Optional<Method> setter(Class<?> type, String wireName) {
        String name = "set" + wireName.replace(".", "");
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        method.getName().equals(name) || method.getName().equals(name + "s"))
                .filter(method -> method.getParameterCount() == 1)
                .findFirst();
    }

    private static boolean set(Object target, Method setter, Object value) throws ReflectiveOperationException {
        Class<?> type = setter.getParameterTypes()[0];
        String text = String.valueOf(value);
        if (type == List.class && value instanceof List<?> list) {
            Class<?> item =
                    (Class<?>) ((ParameterizedType) setter.getGenericParameterTypes()[0]).getActualTypeArguments()[0];
            List<Object> items = new ArrayList<>();
            for (Object element : list) {
                items.add(element instanceof Map<?, ?> map ? filled(item, map) : String.valueOf(element));
            }
            setter.invoke(target, items);
        } else if (type == String.class) {
            setter.invoke(target, text);
        } else if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
            setter.invoke(target, Boolean.valueOf(text));
        } else if (type == Integer.class && text.matches("-?\\d{1,9}")) {
            setter.invoke(target, Integer.valueOf(text));
        } else {
            return false;
        }
        return true;
    }

    private static Object filled(Class<?> type, Map<?, ?> values) throws ReflectiveOperationException {
        Object bean = type.getConstructor().newInstance();
        for (Map.Entry<?, ?> value : values.entrySet()) {
            set(bean, setter(type, (String) value.getKey()).orElseThrow(), value.getValue());
        }
        return bean;
    }

    private static Map<String, Object> bean(Object bean) throws ReflectiveOperationException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Method getter : bean.getClass().getDeclaredMethods()) {
            String name = getter.getName();
            if (name.startsWith("get") && getter.getParameterCount() == 0 && !getter.isSynthetic()) {
                fields.put(name.substring(3), value(getter.invoke(bean)));
            }
        }
        return fields;
    }

    private static Object value(Object value) throws ReflectiveOperationException {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(value(item));
            }
            return items;
        }
        boolean isBean = value != null && value.getClass().getName().startsWith("com.aliyuncs.");
        return isBean ? bean(value) : value;
    }

    private static ServiceError error(ClientException e, int leastStatus, int mostStatus) {
        return new ServiceError(
                e.getErrCode(), leastStatus, mostStatus, e.getErrMsg(), e.getRequestId(), e.getAccessDeniedDetail(), e);
    }
}
